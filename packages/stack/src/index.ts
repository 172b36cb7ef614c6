export type { ContainerContext, ContainerWay, StartedContainer } from './containers/container-way.ts';
export { images } from './containers/images.ts';
export { stackDown, stackStatus, stackUp } from './detached.ts';
export { type Examination, examineMachine } from './doctor.ts';
export type { Finding } from './embedded/needs.ts';
export { describePortHolder } from './ports.ts';
export { isProcessAlive, startTicksOf } from './process-table.ts';
export {
  type Env,
  type ExitDetail,
  type Report,
  type RunningServer,
  type ServerName,
  type Servers,
  serverNames,
  type Way,
} from './servers.ts';
export { openStack, type Stack } from './stack.ts';
export { StackError } from './stack-error.ts';
export type { StackOptions } from './stack-options.ts';
