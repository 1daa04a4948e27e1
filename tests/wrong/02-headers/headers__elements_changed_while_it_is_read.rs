//! exercise = "02-headers"
//! mark = "elements"
//! misconception = "a value can change while somebody looks at it"
//! fails = "E0506"
//! says = "look at it"

    loop {
        let Some(rest) = &self.rest else {
            self.rest = Some(self.lines.next()?.value);
            continue;
        };
        let (element, behind) = syntax::first_element(rest);
        self.rest = behind;
        if rest.is_empty() || element.is_empty() {
            continue;
        }
        return Some(element);
    }
