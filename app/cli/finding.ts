/** What `doctor` found about one thing that the machine or the project needs. */
export interface Finding {
  check: string;
  ok: boolean;
  found: string;
  fix?: string;
}
