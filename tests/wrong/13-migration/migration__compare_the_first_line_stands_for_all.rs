//! exercise = "13-migration"
//! mark = "compare"
//! misconception = "a field has one value"
//! fails = "step_1_compare::only_the_order_within_one_name_matters"
//! says = "swapped"

    for name in names(old.fields, new.fields) {
        let first = |fields| -> Vec<&'a [u8]> { values(fields, name).into_iter().take(1).collect() };
        let (was, is) = (first(old.fields), first(new.fields));
        if was != is && !ignored.iter().any(|ignored| name.eq_ignore_ascii_case(ignored.as_bytes())) {
            found.push(Difference::Field { name, old: was, new: is });
        }
    }
