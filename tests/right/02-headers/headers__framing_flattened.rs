//! exercise = "02-headers"
//! mark = "framing"
//! shape = "one flat iterator, and try_fold"

    let mut all = fields.of(Known::ContentLength).flat_map(|field| syntax::elements(field.value));
    all.try_fold(length, |before, element| match (before, decimal(element)?) {
        (Some(before), number) if before != number => Err(FramingFault::LengthsDiffer),
        (_, number) => Ok(Some(number)),
    })
