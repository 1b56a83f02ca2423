declare module 'asciichart' {
  /** The part of asciichart 1.5 that `plotText` uses; the package ships no types. */
  const asciichart: {
    plot(
      series: readonly number[],
      options: {
        min: number;
        max: number;
        height: number;
        offset?: number;
        symbols?: readonly string[];
        format?: (value: number) => string;
      },
    ): string;
  };
  export default asciichart;
}
