//! exercise = "13-migration"
//! mark = "compare"
//! misconception = "a difference has to own what it shows"
//! fails = "E0308"
//! says = "lends"

    for name in names(old.fields, new.fields) {
        let (was, is) = (values(old.fields, name), values(new.fields, name));
        let name = name.to_vec();
        if was != is && !ignored.iter().any(|ignored| name.eq_ignore_ascii_case(ignored.as_bytes())) {
            found.push(Difference::Field { name, old: was, new: is });
        }
    }
