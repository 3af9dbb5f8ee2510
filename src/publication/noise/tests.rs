//! The noise is what the rules say, and intervals that know of it keep their promise.

use super::*;
use crate::{
    publication::{Degrees, Spread},
    statistics,
};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

const EXHAUSTION: Scale = Scale::Subscale(0);
const DETACHMENT: Scale = Scale::Subscale(1);

fn shipped() -> Instrument {
    Instrument::parse(include_str!("../../../instruments/hearth-20.toml")).unwrap()
}

fn zeros() -> NoiseKey {
    NoiseKey::from([0; 32])
}

fn campaign(key: &NoiseKey) -> Noise<'_> {
    Noise::named(key, NoiseKind::Campaign, 5, "hearth-20/1.0".to_owned())
}

#[test]
fn the_noise_of_five_people_is_that_of_the_rules() {
    let (key, instrument) = (zeros(), shipped());
    let ids = vec![3, 1, 2, 5, 4];
    assert_eq!(people(ids.clone()), "1,2,3,4,5");
    let noise = campaign(&key);
    let block = noise.of_block(ids);
    assert_eq!(block.of_scale(&instrument, EXHAUSTION), 61_808_354);
    assert_eq!(block.of_scale(&instrument, Scale::Total), 76_604_280);
}

#[test]
fn its_strength_is_two_and_a_half_four_or_six_deviations_for_groups_of_five() {
    for (kind, k, deviation, scale, least) in [
        (NoiseKind::Campaign, 5, 18_000_000, 45_000_000, 5),
        (NoiseKind::Quarterly, 5, 18_000_000, 72_000_000, 5),
        (NoiseKind::Month, 5, 18_000_000, 108_000_000, 40),
        (NoiseKind::Pulse, 5, 20_000_000, 120_000_000, 40),
        (NoiseKind::Campaign, 20, 18_000_000, 90_000_000, 20),
    ] {
        assert_eq!((kind.scale(deviation, k), kind.least(k)), (scale, least), "{kind:?} {k}");
    }
}

/// Noises of many groups of two people on two measures.
fn many(one: impl Fn(&BlockNoise<'_>) -> (i64, i64)) -> Vec<(f64, f64)> {
    let key = zeros();
    let noise = campaign(&key);
    let group = |first: i64| one(&noise.of_block(vec![first, first + 1]));
    (0..20_000).map(group).map(|(one, other)| (one as f64 / 1e6, other as f64 / 1e6)).collect()
}

fn deviation_and_correlation(pairs: &[(f64, f64)]) -> (f64, f64) {
    let mean = |product: fn(&(f64, f64)) -> f64| pairs.iter().map(product).sum::<f64>() / pairs.len() as f64;
    let (one, other) = (mean(|pair| pair.0 * pair.0), mean(|pair| pair.1 * pair.1));
    (one.sqrt(), mean(|pair| pair.0 * pair.1) / (one * other).sqrt())
}

#[test]
fn half_of_its_variance_is_common_to_all_scales_and_turned_where_higher_is_better() {
    let instrument = shipped();
    let (sd, together) = deviation_and_correlation(&many(|block| {
        (block.of_scale(&instrument, EXHAUSTION), block.of_scale(&instrument, DETACHMENT))
    }));
    assert!((sd - 45.0).abs() < 0.5 && (together - 0.5).abs() < 0.02, "{sd} {together}");
    let pairs = many(|block| (block.of_note("stress", false), block.of_note("productivity", true)));
    let (_, together) = deviation_and_correlation(&pairs);
    assert!((together + 0.5).abs() < 0.02, "{together}");
}

#[test]
fn that_of_a_total_is_its_subscales_together() {
    let instrument = shipped();
    let pairs = many(|block| {
        let total = block.of_scale(&instrument, Scale::Total);
        let parts = [(0, 36), (1, 20), (2, 24)]
            .map(|(scale, weight)| i128::from(block.of_scale(&instrument, Scale::Subscale(scale))) * weight);
        (total, nearest(parts.iter().sum(), 80))
    });
    assert!(pairs.iter().all(|(total, parts)| total == parts));
    let (sd, _) = deviation_and_correlation(&pairs);
    let expected = variance(NoiseKind::Campaign, 5, &instrument, Scale::Total).sqrt();
    assert!((sd / expected - 1.0).abs() < 0.02, "{sd} {expected}");
}

#[test]
fn whatever_changes_draws_anew_and_nothing_else_does() {
    let (key, other, instrument) = (zeros(), NoiseKey::from([1; 32]), shipped());
    let of = |key: &NoiseKey, kind, k, name: &str, who: &str| {
        let ids = who.split(',').map(|id| id.parse().unwrap()).collect();
        Noise::named(key, kind, k, name.to_owned()).of_block(ids).of_scale(&instrument, EXHAUSTION)
    };
    let before = of(&key, NoiseKind::Campaign, 5, "hearth-20/1.0", "1,2,3,4,5");
    assert_eq!(before, of(&key, NoiseKind::Campaign, 5, "hearth-20/1.0", "1,2,3,4,5"));
    for (what, changed) in [
        ("key", of(&other, NoiseKind::Campaign, 5, "hearth-20/1.0", "1,2,3,4,5")),
        ("k", of(&key, NoiseKind::Campaign, 6, "hearth-20/1.0", "1,2,3,4,5")),
        ("version", of(&key, NoiseKind::Campaign, 5, "hearth-20/1.1", "1,2,3,4,5")),
        ("people", of(&key, NoiseKind::Campaign, 5, "hearth-20/1.0", "1,2,3,4,6")),
        ("who left", of(&key, NoiseKind::Campaign, 5, "hearth-20/1.0", "-5,1,2,3,4")),
    ] {
        assert_ne!(changed, before, "{what}");
    }
    // A kind with another strength would be the same draw enlarged, if it were not a draw of its own.
    let quarterly = of(&key, NoiseKind::Quarterly, 5, "hearth-20/1.0", "1,2,3,4,5");
    assert!((quarterly as f64 / before as f64 - 1.6).abs() > 1e-6);
}

#[test]
fn halves_are_rounded_upwards_and_the_key_is_never_printed() {
    assert_eq!([-5, -3, -1, 1, 3, 5].map(|numerator| nearest(numerator, 2)), [-2, -1, 0, 1, 2, 3]);
    assert_eq!(format!("{:?}", NoiseKey::from([171; 32])), "NoiseKey(…)");
}

/// How often the 95 % interval of a block's mean holds the expected value, when its
/// people are drawn anew each time: knowing of the noise, and not.
fn coverage(n: u64, draws: u64) -> (f64, f64) {
    let (key, instrument) = (zeros(), shipped());
    let mut chance = ChaCha8Rng::seed_from_u64(n);
    let (mean, deviation) = (52.0, 18.0);
    let knowing = Spread {
        deviation,
        degrees: Degrees::Of(999),
        noise: variance(NoiseKind::Campaign, 5, &instrument, EXHAUSTION),
    };
    let ignorant = Spread { noise: 0.0, ..knowing };
    let mut held = (0_u64, 0_u64);
    for draw in 0..draws {
        // The sum of three uniform numbers has half of a standard deviation of 1.
        let value = |chance: &mut ChaCha8Rng| {
            mean + 2.0 * deviation * ((0..3).map(|_| chance.random::<f64>()).sum::<f64>() - 1.5)
        };
        let sum: f64 = (0..n).map(|_| value(&mut chance)).sum();
        let people = (0..n.min(3)).map(|person| (draw * 100 + person) as i64).collect();
        let noisy = (sum * 1e6) as i64 + campaign(&key).of_block(people).of_scale(&instrument, EXHAUSTION);
        let holds = |spread: Spread| {
            let sample = spread.sample(n, 1, noisy);
            statistics::mean_interval(sample).is_some_and(|half| (sample.mean - mean).abs() <= half)
        };
        held.0 += u64::from(holds(knowing));
        held.1 += u64::from(holds(ignorant));
    }
    (held.0 as f64 / draws as f64, held.1 as f64 / draws as f64)
}

#[test]
fn intervals_cover_19_of_20_only_because_they_know_of_the_noise() {
    for (n, at_most_ignorant) in [(5, 0.83), (10, 0.89), (20, 0.925), (80, 0.945)] {
        let (knowing, ignorant) = coverage(n, 100_000);
        assert!((0.94..=0.96).contains(&knowing), "{n}: {knowing}");
        assert!(ignorant < at_most_ignorant, "{n}: {ignorant} without the noise");
    }
}
