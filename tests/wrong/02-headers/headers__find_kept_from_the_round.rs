//! exercise = "02-headers"
//! mark = "find"
//! misconception = "a slice of this round's copy can be kept for after the loop"
//! fails = "E0597"
//! says = "gone at the end of its block"

    let mut found: Option<&[u8]> = None;
    for field in fields.iter() {
        let value = field.value.to_vec();
        if found.is_none() && field.name.eq_ignore_ascii_case(name.as_bytes()) {
            found = Some(&value);
        }
    }
    if found.is_some_and(|value| value.len() > 1_000_000) { None } else { fields.iter().next().map(|field| field.value) }
