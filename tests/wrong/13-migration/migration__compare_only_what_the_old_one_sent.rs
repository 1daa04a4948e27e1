//! exercise = "13-migration"
//! mark = "compare"
//! misconception = "the old answer has every field that matters"
//! fails = "step_1_compare::a_field_that_only_one_side_has_is_a_difference"
//! says = "a side without the field has no values of it"

    for name in names(old.fields, old.fields) {
        let (was, is) = (values(old.fields, name), values(new.fields, name));
        if was != is && !ignored.iter().any(|ignored| name.eq_ignore_ascii_case(ignored.as_bytes())) {
            found.push(Difference::Field { name, old: was, new: is });
        }
    }
