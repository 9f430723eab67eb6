#pragma once
// Where a program was when it failed. A bug's report names it, so that a user can pass it on.

#include <string>

namespace noema::base {

/// Says what is done until the end of the scope. If an exception leaves the scope, failed_in() gives the innermost
/// context that it left first.
class FailureContext {
 public:
  explicit FailureContext(std::string doing);
  ~FailureContext();
  FailureContext(const FailureContext&) = delete;
  FailureContext& operator=(const FailureContext&) = delete;

 private:
  std::string doing_;
  int exceptions_;
};

/// The innermost context that an exception left, of any thread; empty if there was none.
std::string failed_in();
/// Forgets it: the failure was dealt with.
void forget_failure();

}  // namespace noema::base
