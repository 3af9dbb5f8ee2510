//! Diesel column types for ids and enums: the macros `pg_id!`, `pg_enum!` and `pg_code!`, which
//! each room calls for its own types, and the implementations for those of `domain`
//! and [`Language`]. The types themselves do not depend on Diesel.

use crate::{
    domain::{
        DepartmentId, Dimension, Level, Numbered, PeriodId, PeriodKind, PeriodState, Profile, Rhythm, RoleId, UserId,
    },
    i18n::Language,
};

/// Names that the expansions of `pg_id!` and `pg_enum!` import.
pub mod used {
    pub use diesel::{
        deserialize::{self, FromSql, Queryable},
        expression::AsExpression,
        internal::derives::as_expression::Bound, // what Diesel's own derives use
        pg::{Pg, PgValue},
        serialize::{self, IsNull, Output, ToSql},
        sql_types::{BigInt, Nullable, SingleValue, Text},
    };
    pub use std::io::Write;
}

/// Makes a Rust type usable as a bound value and as a selected column of one SQL type.
macro_rules! pg_expression {
    ($rust:ty, $sql:ty) => {
        impl AsExpression<$sql> for $rust {
            type Expression = Bound<$sql, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl AsExpression<Nullable<$sql>> for $rust {
            type Expression = Bound<Nullable<$sql>, Self>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<'a> AsExpression<$sql> for &'a $rust {
            type Expression = Bound<$sql, &'a $rust>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl<'a> AsExpression<Nullable<$sql>> for &'a $rust {
            type Expression = Bound<Nullable<$sql>, &'a $rust>;
            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
        impl ToSql<Nullable<$sql>, Pg> for $rust {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                ToSql::<$sql, Pg>::to_sql(self, out)
            }
        }
        impl<ST> Queryable<ST, Pg> for $rust
        where
            ST: SingleValue,
            Self: FromSql<ST, Pg>,
        {
            type Row = Self;
            fn build(row: Self) -> deserialize::Result<Self> {
                Ok(row)
            }
        }
    };
}

/// Stores newtypes of `i64` as BIGINT.
macro_rules! pg_id {
    ($($rust:ty),+ $(,)?) => {$(
        const _: () = {
            use $crate::db::types::used::*;
            $crate::db::types::pg_expression!($rust, BigInt);
            impl ToSql<BigInt, Pg> for $rust {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                    ToSql::<BigInt, Pg>::to_sql(&self.0, out)
                }
            }
            impl FromSql<BigInt, Pg> for $rust {
                fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                    <i64 as FromSql<BigInt, Pg>>::from_sql(value).map(Self)
                }
            }
        };
    )+};
}

/// Stores enums as a PostgreSQL enum type whose labels are their `code()`.
macro_rules! pg_enum {
    ($($rust:ty => $sql:ident),+ $(,)?) => {$(
        const _: () = {
            use $crate::db::{schema::sql_types, types::used::*};
            $crate::db::types::pg_expression!($rust, sql_types::$sql);
            impl ToSql<sql_types::$sql, Pg> for $rust {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                    out.write_all(self.code().as_bytes())?;
                    Ok(IsNull::No)
                }
            }
            impl FromSql<sql_types::$sql, Pg> for $rust {
                fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                    let label = std::str::from_utf8(value.as_bytes())?;
                    Self::ALL.into_iter().find(|known| known.code() == label).ok_or_else(|| "unknown enum label".into())
                }
            }
        };
    )+};
}

/// Stores enums as TEXT, their `code()`.
macro_rules! pg_code {
    ($($rust:ty),+ $(,)?) => {$(
        const _: () = {
            use $crate::db::types::used::*;
            $crate::db::types::pg_expression!($rust, Text);
            impl ToSql<Text, Pg> for $rust {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                    out.write_all(self.code().as_bytes())?;
                    Ok(IsNull::No)
                }
            }
            impl FromSql<Text, Pg> for $rust {
                fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                    let code = std::str::from_utf8(value.as_bytes())?;
                    Self::ALL.into_iter().find(|known| known.code() == code).ok_or_else(|| "unknown code".into())
                }
            }
        };
    )+};
}

/// A language is stored as TEXT, its code. One that only a newer version knows is read as
/// the first of the list: those who chose it still get in while versions are changed.
const _: () = {
    use used::*;
    pg_expression!(Language, Text);
    impl ToSql<Text, Pg> for Language {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            out.write_all(self.code().as_bytes())?;
            Ok(IsNull::No)
        }
    }
    impl FromSql<Text, Pg> for Language {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            Ok(std::str::from_utf8(value.as_bytes())?.parse().unwrap_or(Self::ALL[0]))
        }
    }
};

pub(crate) use {pg_code, pg_enum, pg_expression, pg_id};

pg_id!(DepartmentId, PeriodId, RoleId, UserId);

pg_code!(Rhythm);

pg_enum!(
    Dimension => BurnoutDimension,
    Level => BurnoutLevel,
    Numbered => Numbered,
    PeriodKind => PeriodKind,
    PeriodState => PeriodState,
    Profile => BurnoutProfile,
);
