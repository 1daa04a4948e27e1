//! exercise = "02-headers"
//! mark = "elements"
//! shape = "two loops, one for the lines and one for the elements of a line"

    loop {
        while let Some(rest) = self.rest {
            let (element, behind) = syntax::first_element(rest);
            self.rest = behind;
            if !element.is_empty() {
                return Some(element);
            }
        }
        self.rest = Some(self.lines.next()?.value);
    }
