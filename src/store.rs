//! How the domain's ids and enums stand in PostgreSQL, shared by every
//! feature's store. The domain types themselves know nothing of Diesel.

use crate::{
    accounts::{AttemptKind, ConsentPurpose, LinkPurpose, Numbered, SignInKind},
    assessment::{AssessmentNumber, Level, PeriodKind, PeriodState, Profile, VersionId},
    i18n::Language,
    recommendations::{Audience, Category, Dimension, ItemId, Kind, Priority, RecommendationNumber},
    schema::sql_types,
    support,
};
use diesel::{
    deserialize::{self, FromSql, Queryable},
    expression::AsExpression,
    internal::derives::as_expression::Bound, // where diesel's own derives have it from
    pg::{Pg, PgValue},
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{BigInt, Nullable, SingleValue},
};
use std::io::Write;

/// A pattern of LIKE for what contains this text, whatever signs are in it.
pub fn containing(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// Makes a Rust type usable as a bound value and a selected column of one SQL type.
macro_rules! expression {
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

macro_rules! id {
    ($($rust:ty),+ $(,)?) => {$(
        expression!($rust, BigInt);
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
    )+};
}

/// An enum whose labels in PostgreSQL are its `code()`.
macro_rules! enumeration {
    ($($rust:ty => $sql:ident),+ $(,)?) => {$(
        expression!($rust, sql_types::$sql);
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
    )+};
}

id!(
    crate::accounts::UserId,
    crate::accounts::SignInId,
    crate::accounts::SignInNumber,
    crate::accounts::roles::RoleId,
    crate::audit::EventId,
    crate::hr::ActionId,
    crate::hr::DepartmentId,
    crate::hr::employees::import::ImportId,
    crate::hr::PeriodId,
    AssessmentNumber,
    VersionId,
    ItemId,
    RecommendationNumber,
    support::RequestNumber,
    crate::hr::support::RequestId,
    crate::assistant::ChatNumber,
    crate::assistant::MessageNumber,
);

enumeration!(
    Language => Language,
    crate::accounts::profile::Gender => Gender,
    crate::accounts::profile::Profession => Profession,
    crate::assistant::Source => AnswerSource,
    crate::hr::employees::import::State => ImportState,
    AttemptKind => AttemptKind,
    ConsentPurpose => ConsentPurpose,
    LinkPurpose => LinkPurpose,
    SignInKind => SignInKind,
    Numbered => Numbered,
    Level => BurnoutLevel,
    Profile => BurnoutProfile,
    PeriodKind => PeriodKind,
    PeriodState => PeriodState,
    Audience => LibraryAudience,
    Category => ItemCategory,
    Kind => ItemKind,
    Dimension => BurnoutDimension,
    Priority => Priority,
    support::Contact => SupportContact,
    support::State => SupportState,
    crate::hr::periods::CellState => CellState,
);
