// No line uses `_guard`. Its drop at the end of the block is a use, so its loan lasts until there.
use std::sync::Mutex;
let hits = Mutex::new(0);
{ //? hits:R·M
    let _guard = hits.lock().unwrap(); //? hits:R·M
    println!("locked"); //? hits:R·· _guard:R·M
} //? hits:R·· _guard:R·M
println!("{hits:?}"); //? hits:R·M
