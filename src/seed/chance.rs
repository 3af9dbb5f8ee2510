//! Reproducible random numbers. Uses ChaCha8 by name, because `StdRng` and `SmallRng`
//! may be other algorithms in the next version of `rand` or on another platform, and
//! the same seed must give the same company. For the same reason only sums and products
//! are computed: logarithms and sines are rounded differently on different platforms.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore as _, SeedableRng as _},
};

/// A stream of random numbers. Every generated person has a stream of their own, so
/// that drawing more for one person does not change the others.
pub struct Chance(ChaCha8Rng);

impl Chance {
    pub fn new(seed: u64, stream: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut source = ChaCha8Rng::from_seed(key);
        source.set_stream(stream);
        Self(source)
    }

    /// Uniform, from 0 up to, but not including, 1.
    pub fn share(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Approximately normal with mean 0 and standard deviation 1, at most 3.5 from 0:
    /// the sum of four uniform numbers.
    pub fn normal(&mut self) -> f64 {
        let sum: f64 = (0..4).map(|_| self.share()).sum();
        (sum - 2.0) * 1.732_050_8
    }

    pub fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// A whole number from `low` to `high`, both included; `low` when `high` is
    /// smaller.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + (self.share() * (high.saturating_sub(low) + 1) as f64) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_stream_give_the_same_numbers_for_ever() {
        let mut chance = Chance::new(1, 1);
        let drawn: Vec<u64> = (0..6).map(|_| chance.between(0, 999)).collect();
        assert_eq!(drawn, [103, 817, 638, 327, 358, 971], "a change here changes every seeded company");
        assert_ne!(Chance::new(1, 2).share(), Chance::new(1, 1).share());
        assert_ne!(Chance::new(2, 1).share(), Chance::new(1, 1).share());
    }

    #[test]
    fn what_is_drawn_stays_in_bounds_and_is_about_normal() {
        let mut chance = Chance::new(7, 0);
        let drawn: Vec<f64> = (0..20_000).map(|_| chance.normal()).collect();
        let mean = drawn.iter().sum::<f64>() / 20_000.0;
        let variance = drawn.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / 20_000.0;
        assert!(drawn.iter().all(|value| value.abs() < 3.5) && mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05);
        assert!((0..1000).all(|_| (3..=5).contains(&chance.between(3, 5))));
        assert_eq!(chance.between(4, 4), 4);
    }
}
