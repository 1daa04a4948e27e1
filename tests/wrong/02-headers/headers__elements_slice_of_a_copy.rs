//! exercise = "02-headers"
//! mark = "elements"
//! misconception = "the caller can be lent what was made here"
//! fails = "E0515"
//! says = "belongs to this function"

    loop {
        let Some(rest) = self.rest else {
            self.rest = Some(self.lines.next()?.value);
            continue;
        };
        let (element, behind) = syntax::first_element(rest);
        self.rest = behind;
        if !element.is_empty() {
            let lower = element.to_ascii_lowercase();
            return Some(&lower);
        }
    }
