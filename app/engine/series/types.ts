/**
 * What a detector says about the weeks from `first` on (0-based index into the observed series). `bound` is in the
 * detector's own unit: a count of reports for EARS, CUSUM and Farrington, the test statistic for GLR. NaN and
 * `undefined` mean the method has nothing to say about this week: never an alarm.
 */
export interface Verdicts {
  first: number
  bound: number[]
  alarm: (boolean | undefined)[]
}
