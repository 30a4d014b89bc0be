/** What is wrong with a frame, in one sentence: of a peer's bytes, or of a value that cannot be sent. */
export class FrameError extends Error {}
