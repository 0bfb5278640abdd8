import type { Language } from '../format.ts';

const en = {
  done: (loaded: string, quarantined: string, seconds: string) =>
    `done: ${loaded} loaded, ${quarantined} quarantined, ${seconds} s.`,
  sent: (sent: number) => `Webhook: ${sent} sent.`,
  waiting: (sent: number, waiting: number, why: string) => `Webhook: ${sent} sent, ${waiting} waiting (${why})`,
  report: (file: string) => `Report: ${file}`,
  next: (command: string) => `Next: ${command}`,
};

const zh: typeof en = {
  done: (loaded, quarantined, seconds) => `完成：已载入 ${loaded}，已隔离 ${quarantined}，用时 ${seconds} 秒。`,
  sent: (sent) => `推送：已发送 ${sent}。`,
  waiting: (sent, waiting, why) => `推送：已发送 ${sent}，待发送 ${waiting}（${why}）。`,
  report: (file) => `报告：${file}`,
  next: (command) => `下一步：${command}`,
};

/** The last lines of a run. */
export const runWords: Record<Language, typeof en> = { en, zh };
