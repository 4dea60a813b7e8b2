"""Questions asked of the projection; every public function takes a Scope first."""
