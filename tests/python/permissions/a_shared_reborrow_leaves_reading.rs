// The owner may not even be read: the reader lives on the exclusive loan. And `editor` may not move: a move of a
// `&mut` is a use of what it refers to.
let mut head = String::from("GET /");
let editor = &mut head; //? head:RWM
let reader = &*editor; //? head:··· editor:R·M *editor:RW
println!("{reader}"); //? head:··· editor:R·· *editor:R· reader:R·M *reader:R·
