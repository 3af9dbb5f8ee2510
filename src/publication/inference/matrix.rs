//! The inverse of a covariance matrix. Pure.

use nalgebra::{Cholesky, DMatrix};

/// Smaller matrices are inverted at once.
const SMALL: usize = 32;

/// The inverse of a symmetric, positive definite matrix; `None` if it is not positive
/// definite. Halves it by rows and columns and puts the inverse together from those of
/// one half and of what the other adds to it (its Schur complement): nearly all work is
/// multiplying matrices, which is quick.
pub fn inverse(matrix: DMatrix<f64>) -> Option<DMatrix<f64>> {
    let size = matrix.nrows();
    if size <= SMALL {
        return if size == 0 { Some(matrix) } else { Some(Cholesky::new(matrix)?.inverse()) };
    }
    let (half, rest) = (size / 2, size - size / 2);
    let below = matrix.view((half, 0), (rest, half)).into_owned();
    let mut complement = matrix.view((half, half), (rest, rest)).into_owned();
    let mut first = inverse(matrix.view((0, 0), (half, half)).into_owned())?;
    drop(matrix);
    let slope = &below * &first;
    complement.gemm(-1.0, &slope, &below.transpose(), 1.0);
    let second = inverse(complement)?;
    let mixed = &second * &slope;
    first.gemm(1.0, &slope.transpose(), &mixed, 1.0);
    let mut whole = DMatrix::zeros(size, size);
    whole.view_mut((0, 0), (half, half)).copy_from(&first);
    whole.view_mut((half, half), (rest, rest)).copy_from(&second);
    let mixed = -mixed;
    whole.view_mut((half, 0), (rest, half)).copy_from(&mixed);
    whole.view_mut((0, half), (half, rest)).copy_from(&mixed.transpose());
    Some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inverse_times_its_matrix_is_the_identity() {
        for size in [1, 31, 33, 150] {
            let root = DMatrix::from_fn(size, size, |row, column| ((row * 31 + column * 17) % 23) as f64 - 11.0);
            let matrix = &root * root.transpose() + DMatrix::identity(size, size) * 10.0;
            let product = inverse(matrix.clone()).unwrap() * matrix;
            assert!((product - DMatrix::identity(size, size)).amax() < 1e-8, "{size}");
        }
        let negative = DMatrix::from_diagonal_element(40, 40, -1.0);
        assert!(inverse(negative).is_none());
    }
}
