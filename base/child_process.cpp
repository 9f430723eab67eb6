#include "base/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "base/error.h"

namespace noema::base {
namespace {

constexpr int kCannotExecute = 127;

/// In the child, between fork and exec: only calls that are safe there.
[[noreturn]] void become(char* const* arguments, int error, pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(kCannotExecute);
  const int nothing = ::open("/dev/null", O_RDWR);
  if (::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(nothing, STDOUT_FILENO) < 0 || ::dup2(error, STDERR_FILENO) < 0)
    ::_exit(kCannotExecute);
  ::execv(arguments[0], arguments);
  ::_exit(kCannotExecute);
}

[[noreturn]] void refuse(const std::string& program) {
  throw Error(fmt::format("{}: cannot be started as a process ({}); free memory or end other processes", program,
                          std::strerror(errno)));
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments) {
  check(!arguments.empty(), "ChildProcess: no program");
  std::vector<char*> pointers;
  for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  error_ = ::memfd_create("standard error", MFD_CLOEXEC);
  if (error_ < 0) refuse(arguments.front());
  const pid_t parent = ::getpid();
  id_ = ::fork();
  if (id_ == 0) become(pointers.data(), error_, parent);
  if (id_ < 0) {
    ::close(error_);
    refuse(arguments.front());
  }
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(std::exchange(other.id_, -1)), error_(std::exchange(other.error_, -1)), status_(other.status_) {}

ChildProcess::~ChildProcess() {
  if (id_ > 0 && !status_) {
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  if (error_ >= 0) ::close(error_);
}

std::optional<int> ChildProcess::status() {
  int raw = 0;
  if (!status_ && ::waitpid(id_, &raw, WNOHANG) == id_)
    status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  return status_;
}

void ChildProcess::request_stop() {
  if (!status_) ::kill(id_, SIGTERM);
}

std::string ChildProcess::last_line() const {
  constexpr off_t kMost = 4096;
  const off_t size = ::lseek(error_, 0, SEEK_END);
  const off_t from = size > kMost ? size - kMost : 0;
  std::string text(static_cast<std::size_t>(size > from ? size - from : 0), '\0');
  const ssize_t read = ::pread(error_, text.data(), text.size(), from);
  text.resize(read > 0 ? static_cast<std::size_t>(read) : 0);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const std::size_t before = text.rfind('\n');
  return before == std::string::npos ? text : text.substr(before + 1);
}

}  // namespace noema::base
