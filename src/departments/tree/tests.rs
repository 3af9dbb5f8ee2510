//! The tree as tables of cases.

use super::*;

/// Departments by number, each with the one above it.
fn tree(rows: &[(i64, i64, &str)]) -> Vec<Department> {
    let above = |parent: i64| (parent > 0).then_some(DepartmentId(parent));
    in_order(rows.iter().map(|(id, parent, name)| (DepartmentId(*id), above(*parent), (*name).to_owned())).collect())
}

fn company() -> Vec<Department> {
    tree(&[(7, 3, "Night"), (3, 0, "support"), (1, 0, "Sales"), (2, 1, "North"), (4, 2, "City"), (5, 0, "Legal")])
}

/// A chain of `length` departments, each under the one before, numbered from the top.
fn line(length: i64) -> Vec<Department> {
    tree(&(1..=length).map(|id| (id, id - 1, "x")).collect::<Vec<_>>())
}

fn ids(departments: &[&Department]) -> Vec<i64> {
    departments.iter().map(|department| department.id.0).collect()
}

#[test]
fn parents_come_before_their_children_and_siblings_by_name_whatever_its_case() {
    let all = company();
    assert_eq!(ids(&all.iter().collect::<Vec<_>>()), [5, 1, 2, 4, 3, 7]);
    let city = &all[3];
    assert_eq!((city.depth, city.path.as_str()), (3, "Sales / North / City"));
}

#[test]
fn a_subtree_is_the_department_with_all_under_it_and_nothing_beside() {
    let all = company();
    for (top, expected) in [(1, &[1, 2, 4][..]), (2, &[2, 4]), (5, &[5]), (3, &[3, 7]), (99, &[])] {
        assert_eq!(ids(&subtree(&all, DepartmentId(top))), expected, "{top}");
    }
}

#[test]
fn what_is_above_a_department_comes_from_the_top() {
    let all = company();
    for (id, expected) in [(4, &[1, 2][..]), (1, &[]), (99, &[])] {
        assert_eq!(ids(&above(&all, DepartmentId(id))), expected, "{id}");
    }
}

#[test]
fn a_scope_shows_its_own_part_only() {
    let all = company();
    assert_eq!(visible(&all, Scope::Company).len(), 6);
    assert_eq!(ids(&visible(&all, Scope::Subtree(Some(DepartmentId(2))))), [2, 4]);
    assert_eq!(ids(&visible(&all, Scope::Subtree(Some(DepartmentId(99))))), [0; 0]);
    assert_eq!(ids(&visible(&all, Scope::Subtree(None))), [0; 0]);
}

#[test]
fn a_department_may_stand_anywhere_but_under_itself_or_too_deep() {
    let all = company();
    let put = |moved: i64, parent: i64| {
        check_place(&all, (moved > 0).then_some(DepartmentId(moved)), (parent > 0).then_some(DepartmentId(parent)))
    };
    for (moved, parent, expected) in [
        (0, 0, Ok(())),
        (0, 4, Ok(())),
        (0, 99, Err(Misplaced::NoParent)),
        (1, 1, Err(Misplaced::UnderItself)),
        (1, 2, Err(Misplaced::UnderItself)),
        (1, 4, Err(Misplaced::UnderItself)),
        (4, 1, Ok(())),
        (2, 7, Ok(())),
        (2, 0, Ok(())),
        (2, 99, Err(Misplaced::NoParent)),
    ] {
        assert_eq!(put(moved, parent), expected, "{moved} under {parent}");
    }
}

#[test]
fn the_deepest_level_is_the_tenth_also_for_what_comes_along() {
    let nine = line(9);
    assert_eq!(check_place(&nine, None, Some(DepartmentId(9))), Ok(()));
    let ten = line(10);
    assert_eq!(check_place(&ten, None, Some(DepartmentId(10))), Err(Misplaced::TooDeep));
    // Moved under the fifth level, a chain of five reaches the tenth level, one of six the eleventh.
    let mut rows: Vec<_> = (1..=5).map(|id| (id, id - 1, "a")).collect();
    rows.extend((11..=16).map(|id| (id, if id == 11 { 0 } else { id - 1 }, "b")));
    let two = tree(&rows);
    let under = Some(DepartmentId(5));
    assert_eq!(check_place(&two, Some(DepartmentId(12)), under), Ok(()));
    assert_eq!(check_place(&two, Some(DepartmentId(11)), under), Err(Misplaced::TooDeep));
}
