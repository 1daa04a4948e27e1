//! exercise = "02-headers"
//! mark = "framing"
//! misconception = "a function that can fail gives its number all the same"
//! fails = "E0308"
//! says = "needs a `?`"

    for field in fields.of(Known::ContentLength) {
        for element in syntax::elements(field.value) {
            let number = decimal(element);
            if length.is_some_and(|before| before != number) {
                return Err(FramingFault::LengthsDiffer);
            }
            length = Some(number);
        }
    }
    Ok(length)
