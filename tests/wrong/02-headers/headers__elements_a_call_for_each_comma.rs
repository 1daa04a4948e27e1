//! exercise = "02-headers"
//! mark = "elements"
//! misconception = "a call inside of itself costs nothing"
//! fails = "crashed"
//! says = "stack"

    let Some(rest) = self.rest else {
        self.rest = Some(self.lines.next()?.value);
        return self.next();
    };
    let (element, behind) = syntax::first_element(rest);
    self.rest = behind;
    if element.is_empty() { self.next() } else { Some(element) }
