struct Conn { buffer: Vec<u8>, sent: usize }
let mut conn = Conn { buffer: vec![1], sent: 0 };
let buffer = &mut conn.buffer; //? conn:RWM
conn.sent += 1; //? conn:··· buffer:R·M *buffer:RW
buffer.clear(); //? conn:··· buffer:R·M *buffer:RW
println!("{}", conn.sent); //? conn:RWM buffer:R·M *buffer:RW
