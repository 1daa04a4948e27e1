//! exercise = "13-migration"
//! mark = "compare"
//! misconception = "bodies of the same length are the same"
//! fails = "step_1_compare::other_bytes_of_the_same_length_are_one_difference"
//! says = "not the same"

    let mut found = Vec::new();
    if old.status != new.status {
        found.push(Difference::Status { old: old.status, new: new.status });
    }
    for name in names(old.fields, new.fields) {
        let (was, is) = (values(old.fields, name), values(new.fields, name));
        if was != is && !ignored.iter().any(|ignored| name.eq_ignore_ascii_case(ignored.as_bytes())) {
            found.push(Difference::Field { name, old: was, new: is });
        }
    }
    if old.body.length != new.body.length {
        found.push(Difference::Length { old: old.body.length, new: new.body.length });
    }
    found
