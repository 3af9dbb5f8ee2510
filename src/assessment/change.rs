//! Reliable change between check-ups. Jacobson & Truax (1991), J. Consult. Clin.
//! Psychol. 59(1), 12–19: measurement error alone produces a difference of at
//! least 1.96·√2·SEM in about 1 of 20 cases. Pure.

/// How a score compares with the earlier ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// Below the threshold of reliable change: neither better nor worse.
    WithinError,
    /// A reliable change since the previous check-up.
    Real {
        /// Latest minus previous, in raw score units.
        delta: f64,
    },
    /// Two check-ups in a row differ reliably, in the same direction, from the
    /// one before them.
    Sustained {
        /// Latest minus the check-up before the previous one, in raw score units.
        delta: f64,
    },
}

impl Change {
    /// The value of the state in the page's markup.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WithinError => "within",
            Self::Real { .. } => "real",
            Self::Sustained { .. } => "sustained",
        }
    }
}

/// Compares `latest` with `previous`, and with the one `before` that. `threshold`
/// is the scale's `real_change` (smallest reliable difference) in raw score units.
pub fn compare(latest: f64, previous: f64, before: Option<f64>, threshold: f64) -> Change {
    let real = |delta: f64| delta.abs() >= threshold - 1e-9;
    let delta = latest - previous;
    if let Some(before) = before {
        let (first, now) = (previous - before, latest - before);
        let turned_back = real(delta) && delta.signum() != first.signum();
        if real(first) && real(now) && first.signum() == now.signum() && !turned_back {
            return Change::Sustained { delta: now };
        }
    }
    if real(delta) { Change::Real { delta } } else { Change::WithinError }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_change_is_real_from_the_threshold_on() {
        let cases = [
            (30.0, 30.0, None, Change::WithinError),
            (37.0, 30.0, None, Change::WithinError),
            (38.0, 30.0, None, Change::Real { delta: 8.0 }),
            (22.0, 30.0, None, Change::Real { delta: -8.0 }),
            (38.0, 30.0, Some(31.0), Change::Real { delta: 8.0 }),
            (38.0, 38.0, Some(30.0), Change::Sustained { delta: 8.0 }),
            (40.0, 38.0, Some(30.0), Change::Sustained { delta: 10.0 }),
            (36.0, 38.0, Some(30.0), Change::WithinError), // no longer past the threshold
            (22.0, 38.0, Some(30.0), Change::Real { delta: -16.0 }), // up, then down past where it began
            (40.0, 60.0, Some(30.0), Change::Real { delta: -20.0 }), // up, then half of it down again
        ];
        for (latest, previous, before, expected) in cases {
            assert_eq!(compare(latest, previous, before, 8.0), expected, "{latest} {previous} {before:?}");
        }
    }

    proptest! {
        #[test]
        fn it_mirrors_when_scores_mirror(a in 0..100, b in 0..100, c in proptest::option::of(0..100), t in 1..20) {
            let (a, b, c, t) = (f64::from(a), f64::from(b), c.map(f64::from), f64::from(t));
            let mirrored = compare(-a, -b, c.map(|c| -c), t);
            let flipped = match compare(a, b, c, t) {
                Change::WithinError => Change::WithinError,
                Change::Real { delta } => Change::Real { delta: -delta },
                Change::Sustained { delta } => Change::Sustained { delta: -delta },
            };
            prop_assert_eq!(mirrored, flipped);
        }
    }
}
