//! exercise = "13-migration"
//! mark = "compare"
//! shape = "the ignored names are filtered before they are compared"

    let is_ignored = |name: &[u8]| ignored.iter().any(|ignored| name.eq_ignore_ascii_case(ignored.as_bytes()));
    found.extend(names(old.fields, new.fields).into_iter().filter(|name| !is_ignored(name)).filter_map(|name| {
        let (old, new) = (values(old.fields, name), values(new.fields, name));
        (old != new).then_some(Difference::Field { name, old, new })
    }));
