//! exercise = "02-headers"
//! mark = "elements"
//! shape = "what is left is taken out of the Option"

    loop {
        let rest = match self.rest.take() {
            Some(rest) => rest,
            None => self.lines.next()?.value,
        };
        let (element, behind) = syntax::first_element(rest);
        self.rest = behind;
        if !element.is_empty() {
            return Some(element);
        }
    }
