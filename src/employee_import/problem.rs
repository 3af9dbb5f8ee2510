//! Problems and warnings that an import reports, each with its line.

use crate::domain::codes::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// What can be wrong with a row; any of these prevents the import.
    Wrong {
        UnclosedQuote = "unclosed-quote",
        StrayQuote = "stray-quote",
        SwallowedLines = "swallowed-lines",
        TooManyCells = "too-many-cells",
        TooFewCells = "too-few-cells",
        BrokenSign = "broken-sign",
        CellError = "cell-error",
        AddressInside = "address-inside",
        NoAddress = "no-address",
        BadAddress = "bad-address",
        ForeignLetters = "foreign-letters",
        MixedAddress = "mixed-address",
        AddressTwice = "address-twice",
        NoName = "no-name",
        TooLong = "too-long",
        BadLanguage = "bad-language",
        BadDepartment = "bad-department",
        TooManyDepartments = "too-many-departments",
        BadManager = "bad-manager",
        UnknownManager = "unknown-manager",
        OwnManager = "own-manager",
        ManagerCycle = "manager-cycle",
    }
}

coded! {
    /// What is doubtful about a row; it does not prevent the import.
    Doubt {
        /// A word of a name or position mixes letters of several alphabets that look
        /// alike.
        MixedName = "mixed-name",
        MixedDepartment = "mixed-department",
        /// A new department looks like an existing one, but its letters differ.
        LooksLikeDepartment = "looks-like-department",
    }
}

/// A problem and its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub line: u64,
    pub wrong: Wrong,
}

/// A warning and its line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub line: u64,
    pub doubt: Doubt,
    /// The text that the warning is about.
    pub text: String,
}
