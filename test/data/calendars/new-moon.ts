/**
 * The new moon nearest to a day, as days since 1970-01-01 in China Standard Time, with its fraction.
 * Meeus, Astronomical Algorithms (1998), chapter 49; good to some seconds. Delta T is taken as 70 s.
 */
export function newMoonNear(day: number): number {
  const k = Math.round((day + 2440587.5 - 2451550.1) / 29.530588861);
  const t = k / 1236.85;
  const degrees = (value: number): number => (value * Math.PI) / 180;
  const m = degrees(2.5534 + 29.1053567 * k - 0.0000014 * t * t);
  const moon = degrees(201.5643 + 385.81693528 * k + 0.0107582 * t * t);
  const f = degrees(160.7108 + 390.67050284 * k - 0.0016118 * t * t);
  const node = degrees(124.7746 - 1.56375588 * k + 0.0020672 * t * t);
  const e = 1 - 0.002516 * t - 0.0000074 * t * t;
  const terms: [number, number][] = [
    [-0.4072, moon],
    [0.17241 * e, m],
    [0.01608, 2 * moon],
    [0.01039, 2 * f],
    [0.00739 * e, moon - m],
    [-0.00514 * e, moon + m],
    [0.00208 * e * e, 2 * m],
    [-0.00111, moon - 2 * f],
    [-0.00057, moon + 2 * f],
    [0.00056 * e, 2 * moon + m],
    [-0.00042, 3 * moon],
    [0.00042 * e, m + 2 * f],
    [0.00038 * e, m - 2 * f],
    [-0.00024 * e, 2 * moon - m],
    [-0.00017, node],
    [0.000325, degrees(299.77 + 0.107408 * k - 0.009173 * t * t)],
    [0.000165, degrees(251.88 + 0.016321 * k)],
    [0.000164, degrees(251.83 + 26.651886 * k)],
    [0.000126, degrees(349.42 + 36.412478 * k)],
    [0.00011, degrees(84.66 + 18.206239 * k)],
  ];
  const mean = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t;
  const ephemeris = terms.reduce((sum, [size, angle]) => sum + size * Math.sin(angle), mean);
  return ephemeris - 2440587.5 - 70 / 86400 + 8 / 24;
}
