//! exercise = "13-migration"
//! mark = "compare"
//! misconception = "one difference is enough to know"
//! fails = "step_1_compare::every_difference_is_named"
//! says = "the status, then the fields"

    for name in names(old.fields, new.fields) {
        let (was, is) = (values(old.fields, name), values(new.fields, name));
        if was != is && !ignored.iter().any(|ignored| name.eq_ignore_ascii_case(ignored.as_bytes())) {
            found.push(Difference::Field { name, old: was, new: is });
            return found;
        }
    }
