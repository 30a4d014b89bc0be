/** What scripts/bootstrap/sandboxText.mjs makes of a module. */
declare module "*?sandbox" {
  const text: string;
  export default text;
}
declare module "*?declarations" {
  const text: string;
  export default text;
}
