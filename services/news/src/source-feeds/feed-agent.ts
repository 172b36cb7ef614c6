/** How robots.txt calls us (RFC 9309: a product token). */
export const FEED_PRODUCT = 'OrtooFeedReader';
export const FEED_AGENT = `${FEED_PRODUCT}/1.0`;
