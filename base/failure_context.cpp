#include "base/failure_context.h"

#include <exception>
#include <mutex>
#include <utility>

namespace noema::base {
namespace {

// One for all threads: an exception of a background thread is reported by the thread that started it.
std::mutex failure_mutex;
std::string failure;

}  // namespace

FailureContext::FailureContext(std::string doing) : doing_(std::move(doing)), exceptions_(std::uncaught_exceptions()) {}

FailureContext::~FailureContext() {
  if (std::uncaught_exceptions() <= exceptions_) return;
  const std::lock_guard lock(failure_mutex);
  if (failure.empty()) failure.swap(doing_);
}

std::string failed_in() {
  const std::lock_guard lock(failure_mutex);
  return failure;
}

void forget_failure() {
  const std::lock_guard lock(failure_mutex);
  failure.clear();
}

}  // namespace noema::base
