import { describe, expect, it } from "vitest";
import { createPacedRefresh } from "./pacedRefresh";

/** A question whose answers and pauses come when the test says so. */
function paced() {
  let asked = 0;
  const answers: (() => void)[] = [];
  let pauses: (() => void)[] = [];
  const refresh = createPacedRefresh(
    () => {
      asked += 1;
      return new Promise((resolve) => answers.push(resolve));
    },
    100,
    {
      later(_delay, act) {
        pauses.push(act);
        return {
          dispose() {
            pauses = pauses.filter((other) => other !== act);
          },
        };
      },
    },
  );
  return {
    refresh,
    asked: () => asked,
    async answer() {
      answers.shift()?.();
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    },
    passPause() {
      for (const act of pauses.splice(0)) act();
    },
  };
}

describe("a paced refresh", () => {
  it("asks at once, and never while an answer is on its way", async () => {
    const { refresh, asked, answer, passPause } = paced();
    refresh.poke();
    refresh.poke();
    refresh.poke();
    expect(asked()).toBe(1);
    await answer();
    expect(asked()).toBe(1);
    passPause();
    expect(asked()).toBe(2);
  });

  it("asks no more when nothing changed since", async () => {
    const { refresh, asked, answer, passPause } = paced();
    refresh.poke();
    await answer();
    passPause();
    expect(asked()).toBe(1);
    refresh.poke();
    expect(asked()).toBe(2);
  });

  it("asks at once when told to, with an answer that is no older", async () => {
    const { refresh, asked, answer } = paced();
    refresh.poke();
    let isThere = false;
    const now = refresh.now().then(() => {
      isThere = true;
    });
    await answer();
    expect([asked(), isThere]).toEqual([2, false]);
    await answer();
    await now;
    expect(isThere).toBe(true);
  });

  it("asks nothing once it is disposed", async () => {
    const { refresh, asked, answer, passPause } = paced();
    refresh.poke();
    refresh.poke();
    refresh.dispose();
    await answer();
    passPause();
    refresh.poke();
    expect(asked()).toBe(1);
  });
});
