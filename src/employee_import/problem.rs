//! What stands in the way of an import, with its line.

use crate::domain::codes::coded;
use serde::{Deserialize, Serialize};

coded! {
    /// What can be wrong with a row; each stops the import.
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
    /// What is odd about a row, and does not stop the import.
    Doubt {
        /// Letters of several alphabets that look alike in one word of a name or position.
        MixedName = "mixed-name",
        MixedDepartment = "mixed-department",
        /// A new department looks like one that there is, but has other letters.
        LooksLikeDepartment = "looks-like-department",
    }
}

/// Something wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub line: u64,
    pub wrong: Wrong,
}

/// Something odd, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub line: u64,
    pub doubt: Doubt,
    /// What is odd.
    pub text: String,
}
