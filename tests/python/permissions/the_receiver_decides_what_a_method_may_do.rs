struct Pool { idle: Vec<String> }
impl Pool {
    fn count(&self) -> usize {
        self.idle.len() //? self:R·M *self:R·
    }
    fn clear(&mut self) {
        self.idle.clear(); //? self:R·M *self:RW
    } //? self:R·M *self:RW
    fn close(self) -> usize {
        self.idle.len() //? self:R·M
    }
    fn reopen(mut self) -> Pool {
        self.idle.clear(); //? self:RWM
        self //? self:RWM
    }
}
