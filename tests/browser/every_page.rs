//! Checks every page with axe-core, light and dark, narrow and wide; and that no page
//! is wider than the window in any language.

use crate::{own_pages, pages, scan, staff_pages};

macro_rules! everywhere {
    ($($pages:ident::$part:ident: $scanned:ident, $russian:ident, $ukrainian:ident;)*) => {$(
        #[test]
        fn $scanned() {
            $pages::$part("en-US,en", scan::look);
        }

        #[test]
        fn $russian() {
            $pages::$part("ru", scan::measure);
        }

        #[test]
        fn $ukrainian() {
            $pages::$part("uk", scan::measure);
        }
    )*};
}

everywhere! {
    pages::of_strangers:
        the_pages_of_strangers_are_accessible_and_fit, the_pages_of_strangers_fit_in_russian,
        the_pages_of_strangers_fit_in_ukrainian;
    pages::of_newcomers:
        the_pages_of_newcomers_are_accessible_and_fit, the_pages_of_newcomers_fit_in_russian,
        the_pages_of_newcomers_fit_in_ukrainian;
    pages::of_regulars:
        the_pages_of_regulars_are_accessible_and_fit, the_pages_of_regulars_fit_in_russian,
        the_pages_of_regulars_fit_in_ukrainian;
    pages::of_errors:
        the_pages_of_errors_are_accessible_and_fit, the_pages_of_errors_fit_in_russian,
        the_pages_of_errors_fit_in_ukrainian;
    own_pages::of_readers:
        the_pages_of_readers_are_accessible_and_fit, the_pages_of_readers_fit_in_russian,
        the_pages_of_readers_fit_in_ukrainian;
    own_pages::of_owners:
        the_pages_of_owners_are_accessible_and_fit, the_pages_of_owners_fit_in_russian,
        the_pages_of_owners_fit_in_ukrainian;
    staff_pages::of_hr:
        the_pages_of_hr_are_accessible_and_fit, the_pages_of_hr_fit_in_russian, the_pages_of_hr_fit_in_ukrainian;
    staff_pages::of_support:
        the_pages_of_support_are_accessible_and_fit, the_pages_of_support_fit_in_russian,
        the_pages_of_support_fit_in_ukrainian;
    staff_pages::of_admins:
        the_pages_of_admins_are_accessible_and_fit, the_pages_of_admins_fit_in_russian,
        the_pages_of_admins_fit_in_ukrainian;
    staff_pages::of_beginners:
        the_pages_of_beginners_are_accessible_and_fit, the_pages_of_beginners_fit_in_russian,
        the_pages_of_beginners_fit_in_ukrainian;
}
