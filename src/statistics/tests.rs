//! Every formula against scipy 1.17 and numpy 2.4 (Holm against statsmodels 0.14), with
//! the call that computed the values; and edge cases.

use super::*;
use proptest::prelude::*;

#[track_caller]
fn close(actual: f64, expected: f64) {
    assert!((actual - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{actual} instead of {expected}");
}

#[test]
fn wilson_intervals_are_those_of_scipy() {
    // scipy.stats.binomtest(successes, n).proportion_ci(0.95, method="wilson")
    let cases = [
        (0, 1, 0.0, 0.7934506856227626),
        (1, 1, 0.20654931437723745, 1.0),
        (0, 10, 0.0, 0.27753279986288926),
        (5, 10, 0.236593090512564, 0.7634069094874361),
        (10, 10, 0.7224672001371109, 1.0),
        (1, 7, 0.02567962434474358, 0.5131278292743189),
        (81, 263, 0.2552885198782742, 0.36620957698280004),
        (999, 1000, 0.9943574414020421, 0.9998234536293739),
    ];
    for (successes, n, low, high) in cases {
        let interval = wilson(successes, n).unwrap();
        close(interval.0, low);
        close(interval.1, high);
    }
}

#[test]
fn a_share_of_nobody_has_no_interval() {
    assert_eq!(wilson(0, 0), None);
    assert_eq!(wilson(3, 2), None);
}

#[test]
fn intervals_of_means_are_those_of_scipy() {
    // low, high = scipy.stats.t.interval(0.95, n - 1, loc=0, scale=sd / numpy.sqrt(n)); (high - low) / 2
    let cases = [
        (10.0, 2, 89.84643532093753),
        (10.0, 5, 12.416639982037644),
        (17.3, 12, 10.991895590820064),
        (22.0, 30, 8.214935008678196),
        (15.0, 400, 1.474445471940662),
        (0.0, 8, 0.0),
    ];
    for (sd, n, half) in cases {
        close(mean_interval(Sample::new(0.0, sd, n)).unwrap(), half);
    }
}

#[test]
fn one_person_has_no_interval() {
    for (sd, n) in [(10.0, 0), (10.0, 1), (f64::NAN, 9), (-1.0, 9)] {
        assert_eq!(mean_interval(Sample::new(0.0, sd, n)), None, "{sd} {n}");
    }
}

#[test]
fn quantiles_of_t_are_those_of_scipy() {
    // scipy.stats.t.ppf(0.975, degrees)
    let cases = [
        (1.0, 12.706204736174694),
        (2.0, 4.302652729749462),
        (4.0, 2.7764451051977934),
        (9.0, 2.262157162798205),
        (29.0, 2.045229642132703),
        (99.5, 1.9840936109906238),
        (999.0, 1.9623414611334493),
        (1e4, 1.960201239890626),
    ];
    for (degrees, expected) in cases {
        close(quantile(degrees).unwrap(), expected);
    }
    for (degrees, expected) in [(1e5, 1.9599877075346095), (1e7, 1.959964221767205), (1e12, 1.959963984540054)] {
        let factor = quantile(degrees).unwrap() / expected;
        assert!((1.0..1.0 + 1.0 / 8000.0).contains(&factor), "{degrees}: {factor}");
    }
}

fn sample(mean: f64, sd: f64, n: u64) -> Sample {
    Sample::new(mean, sd, n)
}

#[test]
fn changes_are_those_of_scipy() {
    // p: scipy.stats.ttest_ind_from_stats(m2, s2, n2, m1, s1, n1, equal_var=False).pvalue
    // ends: m2 - m1 ± scipy.stats.t.ppf(0.975, df) * numpy.sqrt(v1 + v2), v = s*s/n,
    //       df = (v1 + v2)**2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    let cases = [
        ((45.0, 15.0, 10), (50.0, 15.0, 10), -9.09341349221953, 19.093413492219533, 0.46567878083648595),
        ((62.0, 18.0, 25), (51.5, 12.0, 40), -18.742342520764065, -2.2576574792359345, 0.013929692681001209),
        ((40.0, 10.0, 5), (40.0, 10.0, 8), -12.979847772888233, 12.979847772888233, 1.0),
        ((30.0, 5.0, 100), (60.0, 6.0, 90), 28.408754936353535, 31.591245063646465, 9.646384703828526e-85),
        ((55.0, 0.0, 6), (50.0, 12.0, 9), -14.224016540816663, 4.224016540816663, 0.24662587421539317),
    ];
    for ((m1, s1, n1), (m2, s2, n2), low, high, p) in cases {
        let change = change(sample(m1, s1, n1), sample(m2, s2, n2)).unwrap();
        close(change.difference, m2 - m1);
        close(change.low, low);
        close(change.high, high);
        assert!((change.p - p).abs() <= 1e-7 * p, "{} instead of {p}", change.p);
    }
}

#[test]
fn the_noise_of_a_mean_widens_its_interval_and_every_test() {
    // scipy.stats.t.ppf(0.975, df) * numpy.sqrt(18*18/5 + 45*45/25), df = 199 * (v / (v - 45*45/25))**2, v = that sum
    let blurred = Sample { degrees: 199.0, noise: 45.0 * 45.0 / 25.0, ..Sample::new(40.0, 18.0, 5) };
    close(mean_interval(blurred).unwrap(), 23.694575356419968);
    let known = Sample { degrees: f64::INFINITY, noise: 0.0, ..blurred };
    assert!((mean_interval(known).unwrap() / Z - 18.0 / 5_f64.sqrt()).abs() < 1e-2, "of a known deviation");
    let (moved, clear) = (Sample { mean: 64.0, ..blurred }, Sample { mean: 64.0, ..known });
    assert!(change(known, clear).unwrap().p < 0.05 && change(blurred, moved).unwrap().p > 0.05);
}

#[test]
fn a_change_without_any_spread_is_certain() {
    let certain = |difference, p| Some(Change { difference, low: difference, high: difference, p });
    assert_eq!(change(sample(40.0, 0.0, 5), sample(45.0, 0.0, 7)), certain(5.0, 0.0));
    assert_eq!(change(sample(40.0, 0.0, 5), sample(40.0, 0.0, 7)), certain(0.0, 1.0));
}

#[test]
fn a_change_needs_two_people_on_both_sides() {
    for n in [0, 1] {
        assert_eq!(change(sample(40.0, 9.0, n), sample(45.0, 9.0, 7)), None);
        assert_eq!(change(sample(40.0, 9.0, 7), sample(45.0, 9.0, n)), None);
    }
    assert_eq!(change(sample(f64::NAN, 9.0, 7), sample(45.0, 9.0, 7)), None);
    assert_eq!(change(sample(40.0, f64::INFINITY, 7), sample(45.0, 9.0, 7)), None);
}

#[test]
fn adjusted_p_values_are_those_of_statsmodels() {
    // statsmodels.stats.multitest.multipletests(p, method="holm")[1]
    let cases: [(&[f64], &[f64]); 6] = [
        (&[0.01, 0.04, 0.03, 0.005], &[0.03, 0.06, 0.06, 0.02]),
        (&[0.2], &[0.2]),
        (&[0.5, 0.5, 0.9], &[1.0, 1.0, 1.0]),
        (&[0.001, 0.001, 0.02, 0.06, 1.0], &[0.005, 0.005, 0.06, 0.12, 1.0]),
        (&[0.0, 0.3], &[0.0, 0.3]),
        (&[], &[]),
    ];
    for (p, expected) in cases {
        let adjusted = holm(p);
        assert_eq!(adjusted.len(), expected.len());
        adjusted.iter().zip(expected).for_each(|(actual, expected)| close(*actual, *expected));
    }
}

#[test]
fn what_is_no_probability_is_never_significant() {
    assert_eq!(holm(&[f64::NAN, 0.01, -0.5]), [1.0, 0.03, 1.0]);
}

#[test]
fn standard_deviations_are_those_of_numpy() {
    // numpy.std(values, ddof=1)
    let cases: [(&[f64], f64); 5] = [
        (&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0], 2.138089935299395),
        (&[1.0, 4.0], 2.1213203435596424),
        (&[1.0, 1.0], 0.0),
        (&[0.1, 0.1, 0.1], 0.0),
        (&[1000001.0, 1000002.0, 1000003.5], 1.2583057392117916),
    ];
    for (values, expected) in cases {
        let squares = values.iter().map(|x| x * x).sum();
        close(standard_deviation(values.len() as u64, values.iter().sum(), squares).unwrap(), expected);
    }
    assert_eq!(standard_deviation(1, 5.0, 25.0), None);
    assert_eq!(standard_deviation(0, 0.0, 0.0), None);
}

/// Covariances of people's answers, by way of the sums that the database computes.
fn covariances(rows: &[Vec<f64>]) -> Option<Covariances> {
    let items = rows.first().map_or(0, Vec::len);
    let sum = |i: usize| rows.iter().map(|row| row[i]).sum();
    let product = |i: usize, j: usize| rows.iter().map(|row| row[i] * row[j]).sum();
    let products: Vec<Vec<f64>> = (0..items).map(|i| (0..items).map(|j| product(i, j)).collect()).collect();
    Covariances::from_sums(rows.len() as u64, &(0..items).map(sum).collect::<Vec<_>>(), &products)
}

fn rows<const ITEMS: usize>(rows: &[[i32; ITEMS]]) -> Option<Covariances> {
    covariances(&rows.iter().map(|row| row.iter().map(|&x| f64::from(x)).collect()).collect::<Vec<_>>())
}

#[test]
fn covariances_alpha_and_item_total_correlations_are_those_of_numpy() {
    // x = numpy.array(people); c = numpy.cov(x.T); k = 4
    let people = [[1, 2, 1, 2], [2, 3, 2, 5], [3, 3, 4, 1], [4, 5, 4, 4], [5, 4, 5, 2], [2, 2, 3, 3], [4, 4, 5, 5]];
    let items = rows(&people).unwrap();
    // c.tolist()
    let expected = [
        [2.0, 1.3333333333333333, 2.0, 0.16666666666666666],
        [1.3333333333333333, 1.2380952380952381, 1.1904761904761905, 0.6190476190476191],
        [2.0, 1.1904761904761905, 2.285714285714285, 0.0952380952380952],
        [0.16666666666666666, 0.6190476190476191, 0.0952380952380952, 2.4761904761904763],
    ];
    items.0.iter().flatten().zip(expected.iter().flatten()).for_each(|(actual, expected)| close(*actual, *expected));
    // k / (k - 1) * (1 - numpy.trace(c) / c.sum())
    close(cronbach_alpha(&items).unwrap(), 0.7662447257383965);
    // [numpy.corrcoef(x[:, i], numpy.delete(x, i, 1).sum(1))[0, 1] for i in range(k)]
    let expected = [0.7901855502877126, 0.8407813864642415, 0.6888986425541269, 0.14665921069763568];
    for (actual, expected) in item_total_correlations(&items).into_iter().zip(expected) {
        close(actual.unwrap(), expected);
    }
}

#[test]
fn an_item_that_never_varies_has_no_correlation_and_the_others_have() {
    let items = rows(&[[1, 3, 2], [2, 3, 4], [3, 3, 6]]).unwrap();
    let correlations = item_total_correlations(&items);
    close(correlations[0].unwrap(), 1.0);
    assert_eq!(correlations[1], None);
    close(correlations[2].unwrap(), 1.0);
}

#[test]
fn a_scale_that_never_varies_has_no_alpha() {
    let constant = rows(&[[3, 3], [3, 3], [3, 3]]).unwrap();
    assert_eq!(cronbach_alpha(&constant), None);
    assert_eq!(item_total_correlations(&constant), [None, None]);
    let balanced = rows(&[[1, 5], [2, 4], [3, 3]]).unwrap();
    assert_eq!(cronbach_alpha(&balanced), None, "the sum is 6 for everybody");
    close(item_total_correlations(&balanced)[0].unwrap(), -1.0);
}

#[test]
fn one_item_has_no_alpha_and_one_person_no_covariances() {
    let single = rows(&[[1], [4], [2]]).unwrap();
    assert_eq!(cronbach_alpha(&single), None);
    assert_eq!(item_total_correlations(&single), [None]);
    assert_eq!(rows(&[[1, 2, 3]]), None);
    assert_eq!(Covariances::from_sums(0, &[], &[]), None);
    assert_eq!(Covariances::from_sums(5, &[1.0, 2.0], &[vec![1.0, 1.0]]), None);
    assert_eq!(Covariances::from_sums(5, &[f64::NAN], &[vec![1.0]]), None);
}

proptest! {
    #[test]
    fn a_share_lies_in_its_interval_and_that_between_0_and_1(n in 1..5000_u64, part in 0.0..=1.0_f64) {
        let successes = (part * n as f64) as u64;
        let (low, high) = wilson(successes, n).unwrap();
        let share = successes as f64 / n as f64;
        prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
        prop_assert!(low < high);
    }

    #[test]
    fn more_people_make_a_mean_surer(sd in 0.1..40.0_f64, n in 2..100_000_u64) {
        let interval = |n| mean_interval(Sample::new(0.0, sd, n)).unwrap();
        let half = interval(n);
        prop_assert!(half.is_finite() && half > interval(n + 1));
    }

    #[test]
    fn a_change_is_a_number_and_its_interval_holds_0_when_p_is_above_5_percent(
        m1 in 0.0..=100.0_f64, s1 in prop_oneof![Just(0.0), Just(1e-200), 1e-9..50.0_f64], n1 in 2..2000_u64,
        m2 in 0.0..=100.0_f64, s2 in prop_oneof![Just(0.0), Just(1e-200), 1e-9..50.0_f64], n2 in 2..2000_u64,
    ) {
        let there = change(sample(m1, s1, n1), sample(m2, s2, n2)).unwrap();
        let back = change(sample(m2, s2, n2), sample(m1, s1, n1)).unwrap();
        prop_assert!((0.0..=1.0).contains(&there.p) && there.low.is_finite() && there.high.is_finite());
        prop_assert!(there.low <= there.difference && there.difference <= there.high);
        prop_assert_eq!((there.p, there.low, there.high), (back.p, -back.high, -back.low));
        if (there.p - 0.05).abs() > 1e-6 {
            prop_assert_eq!(there.p > 0.05, there.low <= 0.0 && there.high >= 0.0);
        }
    }

    #[test]
    fn adjusting_never_makes_a_p_value_smaller_and_keeps_the_order(p in prop::collection::vec(0.0..=1.0_f64, 0..20)) {
        let adjusted = holm(&p);
        for (i, a) in adjusted.iter().enumerate() {
            prop_assert!(*a >= p[i] && *a <= 1.0);
            for (j, b) in adjusted.iter().enumerate() {
                prop_assert!(p[i] > p[j] || a <= b);
            }
        }
    }

    #[test]
    fn whatever_people_answer_no_result_is_not_a_number(
        people in prop::collection::vec(prop::collection::vec((0..5).prop_map(|x| f64::from(x) * 0.1), 3), 2..12),
    ) {
        let items = covariances(&people).unwrap();
        prop_assert!(cronbach_alpha(&items).is_none_or(|alpha| alpha.is_finite() && alpha <= 1.0 + 1e-9));
        for correlation in item_total_correlations(&items).into_iter().flatten() {
            prop_assert!((-1.0..=1.0).contains(&correlation));
        }
    }
}
