//! Every page, scanned with axe-core, light and dark, narrow and wide; and in
//! every language no wider than the window.

use crate::{pages, scan};

macro_rules! everywhere {
    ($($part:ident: $scanned:ident, $russian:ident, $ukrainian:ident;)*) => {$(
        #[test]
        fn $scanned() {
            pages::$part("en-US,en", scan::look);
        }

        #[test]
        fn $russian() {
            pages::$part("ru", scan::measure);
        }

        #[test]
        fn $ukrainian() {
            pages::$part("uk", scan::measure);
        }
    )*};
}

everywhere! {
    of_strangers:
        the_pages_of_strangers_are_accessible_and_fit, the_pages_of_strangers_fit_in_russian,
        the_pages_of_strangers_fit_in_ukrainian;
    of_newcomers:
        the_pages_of_newcomers_are_accessible_and_fit, the_pages_of_newcomers_fit_in_russian,
        the_pages_of_newcomers_fit_in_ukrainian;
    of_regulars:
        the_pages_of_regulars_are_accessible_and_fit, the_pages_of_regulars_fit_in_russian,
        the_pages_of_regulars_fit_in_ukrainian;
    of_errors:
        the_pages_of_errors_are_accessible_and_fit, the_pages_of_errors_fit_in_russian,
        the_pages_of_errors_fit_in_ukrainian;
}
