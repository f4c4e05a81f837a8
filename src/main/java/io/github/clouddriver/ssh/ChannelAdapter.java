package io.github.clouddriver.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.connection.channel.Channel;

/**
 * What sshj's interface asks of a channel and its connection layer never calls, so that {@link
 * SshChannel} can be about what is called. sshj's own channels are not used: they block the thread
 * that reads the connection while a writer waits for window space, and every stream of theirs needs
 * a thread that waits on it.
 */
abstract class ChannelAdapter implements Channel {

  @Override
  public boolean getAutoExpand() {
    return false;
  }

  @Override
  public void setAutoExpand(boolean autoExpand) {
    throw new UnsupportedOperationException();
  }

  @Override
  public InputStream getInputStream() {
    throw new UnsupportedOperationException();
  }

  @Override
  public OutputStream getOutputStream() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getLocalMaxPacketSize() {
    return SshjConfig.MAX_PACKET;
  }

  @Override
  public long getLocalWinSize() {
    return SshjConfig.WINDOW;
  }

  @Override
  public int getRemoteMaxPacketSize() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long getRemoteWinSize() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Charset getRemoteCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public boolean isEOF() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void join() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void join(long timeout, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LoggerFactory getLoggerFactory() {
    return SshjConfig.shared().getLoggerFactory();
  }
}
