//! exercise = "02-headers"
//! mark = "framing"
//! misconception = "numbers that are written differently differ"
//! fails = "step_4_framing::equal_lengths_are_one_length"
//! says = "05 is 5"

    let mut first: Option<&[u8]> = None;
    for field in fields.of(Known::ContentLength) {
        for element in syntax::elements(field.value) {
            length = Some(decimal(element)?);
            if first.is_some_and(|before| before != element) {
                return Err(FramingFault::LengthsDiffer);
            }
            first = Some(element);
        }
    }
    Ok(length)
