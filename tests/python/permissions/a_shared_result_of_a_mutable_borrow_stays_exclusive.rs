struct Cache { slots: Vec<String> }
impl Cache {
    fn slot(&mut self) -> &String { &self.slots[0] } //? self:R·M *self:RW
}
fn main() {
    let mut cache = Cache { slots: vec![String::new()] };
    let slot = cache.slot(); //? cache:RWM
    println!("{slot}"); //? cache:··· slot:R·M *slot:R·
} //? cache:RWM slot:R·M *slot:R·
