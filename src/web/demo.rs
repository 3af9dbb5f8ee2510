//! The sign-in data of the demo company: its sign-in page shows them, and the seed
//! creates the accounts with them.

/// The password of the demo accounts.
pub const PASSWORD: &str = "warm-hearth-demo";

pub const EMPLOYEE: &str = "employee@hearth.example";
pub const MANAGER: &str = "manager@hearth.example";
pub const HR: &str = "hr@hearth.example";
pub const ADMIN: &str = "admin@hearth.example";

/// The addresses of the demo accounts, those with the fewest rights first.
pub const ADDRESSES: [&str; 4] = [EMPLOYEE, MANAGER, HR, ADMIN];
