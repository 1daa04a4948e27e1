//! exercise = "13-migration"
//! mark = "compare"
//! misconception = "a field name is a text like any other"
//! fails = "step_1_compare::what_tells_of_time_and_way_is_ignored"
//! says = "two good answers differ in these"

    for name in names(old.fields, new.fields) {
        let (was, is) = (values(old.fields, name), values(new.fields, name));
        if was != is && !ignored.iter().any(|ignored| name == ignored.as_bytes()) {
            found.push(Difference::Field { name, old: was, new: is });
        }
    }
