/**
 * The page's Content-Security-Policy (Electron's security checklist, item 7), sent as a response header so that no
 * markup can come before it. Inline styles are allowed because xterm's DOM renderer is blank without them; scripts
 * come from the bundle alone. The page frames itself, once for each further machine; which address a frame may have is
 * held by sessionPolicy.ts.
 */
const directives = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'self'",
  "frame-ancestors 'self'",
];

export const contentSecurityPolicy = directives.join("; ");
