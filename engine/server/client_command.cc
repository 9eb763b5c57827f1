// A command of this program, run by a server and seen here.
#include <algorithm>
#include <cerrno>

#include "engine/server/client.h"
#include "engine/server/client_parts.h"
#include "events/limits.h"

namespace consulta {

namespace {

wire::Answer::Kind wireKind(PathFacts::Kind kind) {
  switch (kind) {
    case PathFacts::Kind::file:
      return wire::Answer::Kind::FILE;
    case PathFacts::Kind::directory:
      return wire::Answer::Kind::DIRECTORY;
    case PathFacts::Kind::other:
      return wire::Answer::Kind::OTHER;
    case PathFacts::Kind::nothing:
      break;
  }
  return wire::Answer::Kind::NOTHING;
}

}  // namespace

Status Client::answer(std::uint32_t request, wire::Question::Reader question,
                      CommandCaller& caller) {
  ToServer out(register_, request);
  auto answer = out.root.initAnswer();
  switch (question.which()) {
    case wire::Question::INPUT:
      answer.setBytes(dataOf(
          caller.input(std::min<std::size_t>(question.getInput(), limits::event_batch_bytes))));
      break;
    case wire::Question::LOOK: {
      const auto facts = caller.look(question.getLook().cStr());
      answer.setError(facts.error);
      answer.setKind(wireKind(facts.kind));
      answer.setSize(facts.size);
      break;
    }
    case wire::Question::READ: {
      const auto read = question.getRead();
      const auto bytes = caller.read(read.getPath().cStr(), read.getOffset(), read.getCount());
      answer.setError(bytes.error);
      answer.setBytes(dataOf(bytes.bytes));
      break;
    }
    case wire::Question::WRITE: {
      const auto write = question.getWrite();
      if (write.getAbandon()) {
        caller.abandon(write.getPath().cStr());
      } else {
        answer.setError(caller.write(write.getPath().cStr(), textOf(write.getBytes()),
                                     write.getLast(), write.getReplaces()));
      }
      break;
    }
    case wire::Question::MAKE_DIRECTORY:
      answer.setError(caller.makeDirectory(question.getMakeDirectory().cStr()));
      break;
    default:
      answer.setError(ENOSYS);
  }
  return send(out);
}

Result<int> Client::run(const CommandLine& line, CommandCaller& caller) {
  const auto request = newRequest();
  ToServer out(register_, request);
  auto run = out.root.initRun();
  auto words = run.initWords(static_cast<unsigned>(line.words.size()));
  for (unsigned i = 0; i < words.size(); ++i) words.set(i, line.words[i]);
  run.setLanguage(line.language);
  run.setTimeZone(line.timeZone);
  run.setWidth(static_cast<std::uint16_t>(std::min<std::size_t>(line.width, 10'000)));
  run.setColour(line.colour);
  run.setAsks(line.asks);
  run.setTalkIsSeen(line.talkIsSeen);
  if (line.goOn) write(run.initGoOn(), {line.goOn->epoch, line.goOn->next, 0});
  if (auto sent = send(out); !sent) return std::move(sent).failures();
  return checked([&] { return hear(request, caller); });
}

Result<int> Client::hear(std::uint32_t request, CommandCaller& caller) {
  bool read = true;
  while (true) {
    const auto frame = receive(request);
    if (!frame) return frame.failures();
    const auto message = frame->root<wire::ToClient>();
    if (message.isDone()) return message.getDone();
    if (message.isRefused()) return failuresOf(message.getRefused());
    if (message.isOutput() && read) {
      const auto output = message.getOutput();
      const auto stream = output.getStream() == wire::Output::Stream::TALK ? OutputStream::talk
                                                                           : OutputStream::data;
      const auto bytes = textOf(output.getBytes());
      bool goesOn = bytes.empty() || caller.output(stream, bytes);
      if (goesOn && output.hasReached()) {
        const auto place = placeOf(output.getReached());
        goesOn = caller.reached({place.epoch, place.position});
      }
      if (goesOn) continue;
      read = false;
      ToServer enough(register_, request);
      enough.root.setCancel();
      if (auto sent = send(enough); !sent) return std::move(sent).failures();
    } else if (message.isQuestion()) {
      if (auto told = answer(request, message.getQuestion(), caller); !told) {
        return std::move(told).failures();
      }
    }
  }
}

}  // namespace consulta
