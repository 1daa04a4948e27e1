struct Span { start: usize, end: usize }
let mut span = Span { start: 0, end: 3 };
let start = span.start; //? span:RWM
span.end = start + 1; //? span:RWM start:R·M
