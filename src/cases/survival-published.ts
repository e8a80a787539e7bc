/** What R's package survival (3.5-3) printed of one curve, with conf.type = "log"; figures as printed. */
export type PublishedCurve = {
  /** Null for all together. */
  readonly segment: string | null;
  /** People, events, median, and the ends of its 95 % interval. */
  readonly median: readonly string[];
  /** Time, at risk, survival, standard error, and the ends of its 95 % interval. */
  readonly table: readonly (readonly string[])[];
};

/** A file of times, and what survfit and survdiff printed of it. */
export type PublishedStudy = {
  /** Column that divides the curves, and the value of the column status of those who came to the end. */
  readonly by: string;
  readonly ended: string;
  readonly curves: readonly PublishedCurve[];
  /** People, observed, expected, and (O-E)^2/V of each segment; then chi-square, degrees of freedom and p. */
  readonly logRank: readonly { readonly segment: string; readonly figures: readonly string[] }[];
  readonly test: readonly string[];
};

/** Acute myelogenous leukaemia (Miller 1997, Survival Analysis): survfit(Surv(time, status) ~ x). */
export const aml: PublishedStudy = {
  by: 'x',
  ended: '1',
  curves: [
    {
      segment: 'Maintained',
      median: ['11', '7', '31', '18', 'NA'],
      table: [
        ['9', '11', '0.909', '0.0867', '0.7541', '1.000'],
        ['13', '10', '0.818', '0.1163', '0.6192', '1.000'],
        ['18', '8', '0.716', '0.1397', '0.4884', '1.000'],
        ['23', '7', '0.614', '0.1526', '0.3769', '0.999'],
        ['31', '5', '0.491', '0.1642', '0.2549', '0.946'],
        ['34', '4', '0.368', '0.1627', '0.1549', '0.875'],
        ['48', '2', '0.184', '0.1535', '0.0359', '0.944'],
      ],
    },
    {
      segment: 'Nonmaintained',
      median: ['12', '11', '23', '8', 'NA'],
      table: [
        ['5', '12', '0.8333', '0.1076', '0.6470', '1.000'],
        ['8', '10', '0.6667', '0.1361', '0.4468', '0.995'],
        ['12', '8', '0.5833', '0.1423', '0.3616', '0.941'],
        ['23', '6', '0.4861', '0.1481', '0.2675', '0.883'],
        ['27', '5', '0.3889', '0.1470', '0.1854', '0.816'],
        ['30', '4', '0.2917', '0.1387', '0.1148', '0.741'],
        ['33', '3', '0.1944', '0.1219', '0.0569', '0.664'],
        ['43', '2', '0.0972', '0.0919', '0.0153', '0.620'],
        ['45', '1', '0.0000', 'NaN', 'NA', 'NA'],
      ],
    },
  ],
  logRank: [
    { segment: 'Maintained', figures: ['11', '7', '10.69', '3.4'] },
    { segment: 'Nonmaintained', figures: ['12', '11', '7.31', '3.4'] },
  ],
  test: ['3.4', '1', '0.07'],
};

/** Advanced lung cancer (Loprinzi et al. 1994, Journal of Clinical Oncology 12:601): survfit(Surv(time, status) ~ sex). */
export const lung: PublishedStudy = {
  by: 'sex',
  ended: '2',
  curves: [
    { segment: null, median: ['228', '165', '310', '285', '363'], table: [] },
    {
      segment: '1',
      median: ['138', '112', '270', '212', '310'],
      table: [
        ['90', '117', '0.8478', '0.0306', '0.790', '0.910'],
        ['180', '89', '0.6445', '0.0408', '0.569', '0.730'],
        ['365', '35', '0.3361', '0.0434', '0.261', '0.433'],
        ['730', '7', '0.0781', '0.0276', '0.039', '0.156'],
      ],
    },
    {
      segment: '2',
      median: ['90', '53', '426', '348', '550'],
      table: [
        ['90', '84', '0.933', '0.0263', '0.8832', '0.986'],
        ['180', '71', '0.842', '0.0387', '0.7699', '0.922'],
        ['365', '30', '0.526', '0.0597', '0.4215', '0.658'],
        ['730', '6', '0.187', '0.0621', '0.0978', '0.359'],
      ],
    },
  ],
  logRank: [
    { segment: '1', figures: ['138', '112', '91.6', '10.3'] },
    { segment: '2', figures: ['90', '53', '73.4', '10.3'] },
  ],
  test: ['10.3', '1', '0.001'],
};
