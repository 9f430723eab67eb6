#pragma once
// Another program that runs beside this one and does not outlive it.

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace noema::base {

/// Its standard input and output are empty; what it writes to standard error is kept. It has a process group of its
/// own, so that Ctrl-C reaches it only through request_stop(), and it is asked to end (SIGTERM) when the thread that
/// started it ends, however that happens.
class ChildProcess {
 public:
  /// arguments: the path of the program, then what it is given. Throws Error if the system starts no process; a program
  /// that cannot be executed ends with status 127.
  explicit ChildProcess(const std::vector<std::string>& arguments);
  /// Kills it unless it has ended.
  ~ChildProcess();
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Its exit status, or 128 + the signal that ended it; nothing while it runs. Does not wait.
  std::optional<int> status();
  void request_stop();
  /// The last line that it wrote to standard error, without line feed; "" if there is none.
  std::string last_line() const;
  pid_t id() const { return id_; }

 private:
  pid_t id_ = -1;
  int error_ = -1;  ///< a file in memory
  std::optional<int> status_;
};

}  // namespace noema::base
