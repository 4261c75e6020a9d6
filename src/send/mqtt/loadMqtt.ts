import type { MqttClient, IClientOptions } from 'mqtt';
import { FileError } from '../../csv/FileError.js';

/** What is used of the package mqtt. */
interface Mqtt {
  connect(address: string, options: IClientOptions): MqttClient;
}

/** Loads the package mqtt, which an install of lastfix does not bring. @throws FileError if it is not there */
export async function loadMqtt(): Promise<Mqtt> {
  try {
    return (await import('mqtt')).default;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw cause;
    throw new FileError('MQTT needs the package mqtt, which is not installed: npm install mqtt, in the place where lastfix is installed', {
      cause,
    });
  }
}
