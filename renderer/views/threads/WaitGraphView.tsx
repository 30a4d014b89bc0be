/** The wait graph, drawn: boxes for threads, what they wait for and drivers; dashed lines wait, solid ones hold. */
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from "react";
import type { WaitGraph } from "../../../preload/shared";
import { boxTowards } from "./graphKeys";
import { layOutWaits, type PlacedEdge, type PlacedNode } from "./waitLayout";
import { waitNodes } from "./waitNodes";

interface WaitGraphViewProps {
  graph: WaitGraph;
  selectedThread: number | undefined;
  /** A box was clicked, or Enter pressed on it; an object's stands for the first thread that waits for it. */
  onSelect(threadId: number): void;
}

/** Characters that fit a box of its kind, in the small type of its second line. */
const fits = { thread: 18, object: 37, driver: 23 } as const;

export function WaitGraphView({ graph, selectedThread, onSelect }: WaitGraphViewProps): ReactNode {
  const layout = useMemo(() => layOutWaits(waitNodes(graph)), [graph]);
  const [focused, setFocused] = useState<string>();
  const drawing = useRef<SVGSVGElement>(null);
  // One box is in the tab order; where that has gone, the first.
  const current = layout.nodes.find(({ id }) => id === focused) ?? layout.nodes[0];
  if (!current) return null;

  const threadOf = (node: PlacedNode) =>
    node.threadId ?? graph.threads.find(({ waitsFor }) => waitsFor.some((target) => isNodeOf(node, target)))?.threadId;
  const select = (node: PlacedNode) => {
    setFocused(node.id);
    const thread = threadOf(node);
    if (thread !== undefined) onSelect(thread);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === " ") select(current);
    else {
      const next = boxTowards(layout.nodes, current, event.key);
      if (!next) return;
      setFocused(next.id);
      drawing.current?.querySelector<SVGGElement>(`[data-node=${CSS.escape(next.id)}]`)?.focus();
    }
    event.preventDefault();
  };
  return (
    <div className="waitGraph">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing is no set of form fields */}
      <svg
        ref={drawing}
        role="group"
        aria-label="Wait graph"
        width={layout.width}
        height={layout.height}
        onKeyDown={onKeyDown}
      >
        <defs>
          <ArrowHead id="waitArrow" />
          <ArrowHead id="deadlockArrow" />
        </defs>
        {layout.edges.map((edge) => (
          <Edge key={`${edge.from} ${edge.to}`} edge={edge} />
        ))}
        {layout.nodes.map((node) => (
          <Box
            key={node.id}
            node={node}
            isCurrent={node === current}
            isSelected={node.threadId !== undefined && node.threadId === selectedThread}
            onPress={() => select(node)}
            onFocus={() => setFocused(node.id)}
          />
        ))}
      </svg>
    </div>
  );
}

function isNodeOf({ id }: PlacedNode, target: { address: string; keeper?: string }): boolean {
  return id === target.address || (target.keeper !== undefined && id === `driver ${target.keeper}`);
}

function ArrowHead({ id }: { id: string }): ReactNode {
  return (
    <marker
      id={id}
      viewBox="0 0 8 8"
      refX="7.5"
      refY="4"
      markerUnits="userSpaceOnUse"
      markerWidth="9"
      markerHeight="9"
      orient="auto"
    >
      <path d="M0 .5 7.5 4 0 7.5Z" />
    </marker>
  );
}

function Edge({ edge }: { edge: PlacedEdge }): ReactNode {
  const marker = edge.isDeadlocked ? "deadlockArrow" : "waitArrow";
  return (
    <path
      className="waitEdge"
      data-kind={edge.kind}
      data-deadlocked={edge.isDeadlocked || undefined}
      d={edge.path}
      markerEnd={`url(#${marker})`}
    />
  );
}

interface BoxProps {
  node: PlacedNode;
  /** The one that Tab comes to. */
  isCurrent: boolean;
  isSelected: boolean;
  onPress(): void;
  onFocus(): void;
}

function Box({ node, isCurrent, isSelected, onPress, onFocus }: BoxProps): ReactNode {
  const { x, y, width, height, kind, title, detail, isDeadlocked } = node;
  const shown = shortened(detail, fits[kind]);
  // What is drawn comes first: who speaks to the window says what they read.
  const rest = [...(shown === detail ? [] : [detail]), ...(isDeadlocked ? ["deadlocked"] : [])];
  const name = [`${title} ${shown}`, ...rest].join(", ");
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      className="waitBox"
      role="button"
      aria-label={name}
      aria-pressed={isSelected}
      tabIndex={isCurrent ? 0 : -1}
      data-node={node.id}
      data-kind={kind}
      data-deadlocked={isDeadlocked || undefined}
      onClick={onPress}
      onFocus={onFocus}
    >
      <rect x={x} y={y} width={width} height={height} rx={kind === "thread" ? height / 2 : 2} />
      <text x={x + width / 2} y={y + 16}>
        {title}
      </text>{" "}
      <text className="waitDetail" x={x + width / 2} y={y + 31}>
        {shown}
      </text>
    </g>
  );
}

/** The middle goes: what a name ends with says more than what stands before. */
function shortened(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const end = Math.ceil(((most - 1) * 2) / 3);
  return `${characters.slice(0, most - 1 - end).join("")}…${characters.slice(-end).join("")}`;
}
