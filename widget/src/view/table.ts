/** A comparison: a table, which the style sheet turns into cards where there is no room for columns. */
import { html, type TemplateResult } from "lit";
import { inline } from "../markdown.js";
import type { Table } from "../reply.js";
import { say } from "../words.js";

/** The roles are spoken out because `display: block` takes a table's own roles away in some browsers. */
export function table({ columns, rows }: Table): TemplateResult {
  return html`<div class="table" role="region" aria-label=${say("table_title")} tabindex="0">
    <table role="table" aria-label=${say("table_title")}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col"><span class="sr">${say("table_aspect")}</span></th>
          ${columns.map((column) => html`<th role="columnheader" scope="col" dir="auto">${column}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(([name, cells]) => row(name, cells, columns))}
      </tbody>
    </table>
  </div>`;
}

function row(name: string, cells: readonly string[], columns: readonly string[]): TemplateResult {
  return html`<tr role="row">
    <th role="rowheader" scope="row" dir="auto">${name}</th>
    ${cells.map(
      (cell, i) => html`<td role="cell" dir="auto">
        <span class="cell-column" aria-hidden="true">${columns[i]}</span><span class="cell-text">${inline(cell)}</span>
      </td>`,
    )}
  </tr>`;
}
